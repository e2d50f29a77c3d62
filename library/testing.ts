export { listFlows, type Played, type PlayedStep, type PlayTarget, play } from './testing/play';
