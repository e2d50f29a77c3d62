/** CloudWatch namespace of the functions' metrics. */
export const metricNamespace = 'ServerlessScim';

/** The dimension that identifies a deployment in an account: the name of the directory table. */
export const deploymentDimension = 'DirectoryTable';
