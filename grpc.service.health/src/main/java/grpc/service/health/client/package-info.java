/** The client side: checks the health of the servers of a channel's connections (A17). */
package grpc.service.health.client;
