/** The side of clients: connections are asked for the health of their server (A17). */
package grpc.service.health.client;
