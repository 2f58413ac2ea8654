/** What every provider must hold, as JUnit classes to extend. */
package grpc.testing.contract;
