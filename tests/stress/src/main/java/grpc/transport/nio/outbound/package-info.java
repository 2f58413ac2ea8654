/**
 * jcstress tests of the outbox. They stand in its package, on the class path, since it is nobody
 * else's.
 */
package grpc.transport.nio.outbound;
