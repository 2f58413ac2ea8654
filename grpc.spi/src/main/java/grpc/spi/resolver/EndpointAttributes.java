package grpc.spi.resolver;

import grpc.api.Attributes;
import java.util.List;

/**
 * The attributes of an {@link Endpoint} that resolvers and policies of several modules share. A
 * resolver sets them, or a parent policy for the endpoints of its child. A policy reads them, and
 * has a default for each absent one. Keys are compared by identity, so use these constants.
 *
 * <p>Each key names the policies that read it. Policies of Tenon read {@link #PATH} today. The
 * other keys are for the policies of their gRFCs; resolvers can set them already.
 */
public final class EndpointAttributes {
  /**
   * The path of child names in a tree of policies, the topmost first (A56). Each parent removes the
   * first name: {@code weighted_target}, {@code priority}.
   */
  public static final Attributes.Key<List<String>> PATH = Attributes.Key.of("path");

  /**
   * The endpoint's share of the calls within its locality, 1 to 4294967295; 1 if absent. {@code
   * ring_hash} (A42) and {@code pick_first} under xDS (A113) read it.
   */
  public static final Attributes.Key<Long> WEIGHT = Attributes.Key.of("weight");

  /**
   * The endpoint's location. {@code xds_wrr_locality} and {@code xds_cluster_impl} (A52) read it.
   */
  public static final Attributes.Key<Locality> LOCALITY = Attributes.Key.of("locality");

  /**
   * The endpoint's name, which may become the authority of its calls. {@code xds_cluster_impl}
   * (A81) reads it.
   */
  public static final Attributes.Key<String> HOSTNAME = Attributes.Key.of("hostname");

  /**
   * The endpoint's key in a hash ring, in place of its first address. {@code ring_hash} (A76) reads
   * it.
   */
  public static final Attributes.Key<String> HASH_KEY = Attributes.Key.of("hash key");

  private EndpointAttributes() {}
}
