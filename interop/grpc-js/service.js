'use strict';

// What client.js and server.js share: grpc-js, the services of test.proto, and the names that the tests prescribe.
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const file = path.join(__dirname, '../src/main/protobuf/grpc/testing/test.proto');
const { TestService, UnimplementedService } = grpc.loadPackageDefinition(
  loader.loadSync(file, { enums: String, defaults: true }),
).grpc.testing;

const payload = (size) => ({ body: Buffer.alloc(size) });

module.exports = {
  grpc,
  TestService,
  UnimplementedService,
  payload,
  INITIAL: 'x-grpc-test-echo-initial',
  TRAILING: 'x-grpc-test-echo-trailing-bin',
};
