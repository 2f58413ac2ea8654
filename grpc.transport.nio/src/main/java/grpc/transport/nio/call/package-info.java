/** gRPC's fields as header lists and back: pure functions of PROTOCOL-HTTP2. */
package grpc.transport.nio.call;
