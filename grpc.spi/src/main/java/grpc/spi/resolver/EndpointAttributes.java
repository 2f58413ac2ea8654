package grpc.spi.resolver;

import grpc.api.Attributes;
import java.util.List;

/**
 * The attributes of an {@link Endpoint} that resolvers and policies of several modules share. A
 * resolver sets them, or a parent that makes the endpoints of its child. A policy reads them, and
 * has a default for each that is absent. A key is compared by identity, so use these constants.
 *
 * <p>Each key names the policies that read it. {@link #PATH} is read today. The other keys are kept
 * free for the policies of their gRFCs, so that resolvers can set them.
 */
public final class EndpointAttributes {
  /**
   * The names of the children on the way down a tree of policies, the topmost first (A56). Each
   * parent takes the first name off: {@code weighted_target}, {@code priority}.
   */
  public static final Attributes.Key<List<String>> PATH = Attributes.Key.of("path");

  /**
   * The endpoint's share of the calls within its locality, 1 to 4294967295; 1 if it is absent.
   * {@code ring_hash} (A42) and {@code pick_first} under xDS (A113) read it.
   */
  public static final Attributes.Key<Long> WEIGHT = Attributes.Key.of("weight");

  /**
   * Where the endpoint runs. {@code xds_wrr_locality} and {@code xds_cluster_impl} (A52) read it.
   */
  public static final Attributes.Key<Locality> LOCALITY = Attributes.Key.of("locality");

  /**
   * The endpoint's name, which may become the authority of its calls. {@code xds_cluster_impl}
   * (A81) reads it.
   */
  public static final Attributes.Key<String> HOSTNAME = Attributes.Key.of("hostname");

  /**
   * What stands for the endpoint in a hash ring, in place of its first address. {@code ring_hash}
   * (A76) reads it.
   */
  public static final Attributes.Key<String> HASH_KEY = Attributes.Key.of("hash key");

  private EndpointAttributes() {}
}
