/**
 * Providers: their discovery on the module path or class path, their tables by name, and the errors
 * that name a missing module or a provider that failed.
 */
package grpc.kernel.registry;
