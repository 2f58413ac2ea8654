package grpc.spi.balancer;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;

/**
 * The call that needs a connection. The kernel's call implements it, so a pick allocates no object;
 * the kernel may add methods. Read it during the pick; do not keep it.
 */
public interface PickInfo {
  /** {@return the method} */
  MethodDescriptor<?, ?> method();

  /** {@return the caller's options, with the metadata that the call will carry} */
  CallOptions options();
}
