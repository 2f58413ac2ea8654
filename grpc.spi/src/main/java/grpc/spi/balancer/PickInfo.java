package grpc.spi.balancer;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;

/**
 * The call that a connection is picked for. The kernel's call implements it, so a pick makes no
 * object; the kernel may add methods. A picker reads it while it picks and does not keep it.
 */
public interface PickInfo {
  /** {@return the method} */
  MethodDescriptor<?, ?> method();

  /** {@return the caller's options, with the metadata that the call will carry} */
  CallOptions options();
}
