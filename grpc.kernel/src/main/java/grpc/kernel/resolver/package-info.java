/**
 * The resolvers that need no module of their own: {@code ipv4}, {@code ipv6}, {@code passthrough},
 * {@code unix}, {@code unix-abstract}.
 */
package grpc.kernel.resolver;
