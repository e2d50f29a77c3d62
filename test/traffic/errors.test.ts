import { playFlows } from './play-flows';

playFlows((client) => client === 'errors');
