/**
 * The first step of a client's call: interceptors, then a unary or a streaming call as the
 * application sees it, and the guard that ends a call that nobody closes. The next step is {@code
 * attempt}.
 */
package grpc.kernel.call;
