import grpc.observe.jfr.JfrObserver;
import grpc.spi.observe.Observer;
import org.jspecify.annotations.NullMarked;

/**
 * Calls, attempts and connections as events of the JDK's flight recorder, in the category {@code
 * gRPC}. Put it on the module path. While no recording runs, it does not observe calls.
 */
@NullMarked
module grpc.observe.jfr {
  requires static org.jspecify;
  requires grpc.spi;
  requires jdk.jfr;

  provides Observer with
      JfrObserver;
}
