/** Contracts of providers, as JUnit classes to extend. */
package grpc.testing.contract;
