const typescript = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } };

module.exports = {
  transform: { '^.+\\.ts$': ['@swc/jest', typescript] },
  // An endpoint in memory starts within seconds.
  testTimeout: 60_000,
};
