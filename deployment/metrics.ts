/** The CloudWatch namespace of the metrics that functions publish. */
export const metricNamespace = 'ServerlessScim';

/** The dimension that tells the deployments of an account apart: the name of the directory table. */
export const deploymentDimension = 'DirectoryTable';
