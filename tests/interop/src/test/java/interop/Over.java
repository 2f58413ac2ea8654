package interop;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** What our client talks to. */
enum Over {
  OUR_SERVER {
    @Override
    Backend startOn(int port) {
      return new OurBackend(OurBackend.port(port));
    }
  },
  OUR_SERVER_ON_A_UNIX_SOCKET {
    @Override
    Backend start(Path folder) {
      return new OurBackend(UnixDomainSocketAddress.of(folder.resolve("s")));
    }

    @Override
    Backend startOn(int port) {
      return new OurBackend(OurBackend.port(port));
    }
  },
  GRPC_JAVA {
    @Override
    Backend startOn(int port) throws Exception {
      return new GrpcJavaBackend(port);
    }
  },
  /** Ours, the example's, before grpc-java's server: all that a proxy must let through. */
  A_PROXY {
    @Override
    Backend startOn(int port) throws Exception {
      return new ProxiedBackend(port);
    }
  };

  /** {@return a server that runs; the folder is for its files} */
  Backend start(Path folder) throws Exception {
    return startOn(0);
  }

  /** {@return a server that runs on this port, 0 for any} */
  abstract Backend startOn(int port) throws Exception;
}
