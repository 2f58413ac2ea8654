package grpc.resolver.dns;

import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.testing.contract.ResolverContract;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;

class DnsContractTest extends ResolverContract {
  private DnsServer server;

  @BeforeEach
  void start() throws Exception {
    var host = Name.fromString("backend.test.");
    server = DnsServer.start(0);
    server.with(new ARecord(host, DClass.IN, 60, InetAddress.ofLiteral("192.0.2.7")));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Override
  protected ResolverProvider provider() {
    return new DnsResolverProvider();
  }

  @Override
  protected Target target() {
    return new Target("dns", server.authority(), "backend.test:80");
  }

  @Override
  protected List<Target> badTargets() {
    return List.of(
        new Target("dns", "", ""),
        new Target("dns", "", "host:notaport"),
        new Target("dns", "server:notaport", "host"));
  }
}
