/**
 * Service configs: from JSON to the method configs, retry policies and balancing configs that calls
 * and sessions read.
 */
package grpc.kernel.serviceconfig;
