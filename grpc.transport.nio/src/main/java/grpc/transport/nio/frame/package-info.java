/**
 * HTTP/2 frames (RFC 9113 §4 and §6): their parsing, their writing, and every check that concerns
 * one frame alone.
 */
package grpc.transport.nio.frame;
