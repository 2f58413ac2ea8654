/** Log lines of the kernel that are limited in number. */
package grpc.kernel.log;
