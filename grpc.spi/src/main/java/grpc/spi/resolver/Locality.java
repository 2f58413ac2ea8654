package grpc.spi.resolver;

/**
 * Where an endpoint runs, as xDS names it; an empty part is not known.
 *
 * @param region for example {@code europe-west3}
 * @param zone for example {@code europe-west3-a}
 * @param subZone a part of the zone
 */
public record Locality(String region, String zone, String subZone) {}
