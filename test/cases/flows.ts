import { loadFlows } from '../../traffic/load';

/** The hand-written cases of errors, of the RFCs and of the AWS guide, and what clients send, by name within each. */
export const flows = [...loadFlows(__dirname), ...loadFlows()];
