'use strict';

// What client.js and server.js share: grpc-js, the services that our .proto files declare, and the names that the tests
// prescribe.
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const definition = loader.loadSync(['grpc/testing/test.proto', 'xds/service/orca/v3/orca.proto'], {
  includeDirs: [path.join(__dirname, '../src/main/protobuf')],
  enums: String,
  defaults: true,
});
const { TestService, UnimplementedService } = grpc.loadPackageDefinition(definition).grpc.testing;
const { OpenRcaService } = grpc.loadPackageDefinition(definition).xds.service.orca.v3;
const OrcaLoadReport = definition['xds.data.orca.v3.OrcaLoadReport'];

const payload = (size) => ({ body: Buffer.alloc(size) });

module.exports = {
  grpc,
  TestService,
  UnimplementedService,
  OpenRcaService,
  OrcaLoadReport,
  payload,
  INITIAL: 'x-grpc-test-echo-initial',
  TRAILING: 'x-grpc-test-echo-trailing-bin',
};
