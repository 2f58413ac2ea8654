/** One call's messages: framing, waiting for them, and the two sides' views of a stream. */
package grpc.transport.nio.stream;
