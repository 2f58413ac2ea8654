/**
 * HPACK (RFC 7541): field compression for HTTP/2, both directions. Strings are Latin-1, one char
 * per byte, so that any bytes survive.
 */
package grpc.transport.nio.hpack;
