package grpc.spi.resolver;

/**
 * An endpoint's location in xDS; an empty part is unknown.
 *
 * @param region for example {@code europe-west3}
 * @param zone for example {@code europe-west3-a}
 * @param subZone a part of the zone
 */
public record Locality(String region, String zone, String subZone) {}
