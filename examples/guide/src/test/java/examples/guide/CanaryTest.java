package examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import examples.guide.canary.CanaryProvider;
import examples.guide.proto.GreeterClient;
import examples.guide.proto.GreeterService;
import examples.guide.proto.HelloReply;
import examples.guide.proto.HelloRequest;
import grpc.api.ServerCredentials;
import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.GrpcServer;
import grpc.kernel.info.Finding;
import grpc.spi.balancer.BalancerProvider;
import grpc.testing.contract.BalancerContract;
import grpc.transport.inprocess.InProcessAddress;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The policy with a configuration: by the contract, and in a channel. */
class CanaryTest extends BalancerContract {
  @Override
  protected BalancerProvider<?> provider() {
    return new CanaryProvider();
  }

  @Override
  protected List<BalancerProvider<?>> otherPolicies() {
    return List.of(new PickFirstProvider());
  }

  private static GrpcServer serving(String name) {
    GreeterService service =
        new GreeterService() {
          @Override
          public HelloReply sayHello(HelloRequest request) {
            return HelloReply.newBuilder().setMessage(name).build();
          }
        };
    return GrpcServer.builder()
        .listen(InProcessAddress.unique(), ServerCredentials.plaintext())
        .service(service)
        .start();
  }

  @Test
  void canariesHaveTheirShare() throws Exception {
    try (var stable = serving("stable");
        var canary = serving("canary");
        var channel = Canaries.open(stable.addresses().getFirst(), canary.addresses().getFirst())) {
      var greeter = new GreeterClient(channel);
      var answers = new HashMap<String, Integer>();
      // a pool whose connection is not there yet is stood in for by the other
      while (answers.size() < 2) {
        answers.merge(
            greeter.sayHello(HelloRequest.getDefaultInstance()).getMessage(), 1, Integer::sum);
      }
      answers.clear();
      for (int i = 0; i < 2000; i++) {
        answers.merge(
            greeter.sayHello(HelloRequest.getDefaultInstance()).getMessage(), 1, Integer::sum);
      }
      int share = answers.getOrDefault("canary", 0);
      assertTrue(share > 100 && share < 320, answers::toString); // 200; seven deviations of 13
    }
  }

  @Test
  void badPercentIsToldWithItsPath() {
    var findings =
        GrpcRuntime.system()
            .check(
                "ipv4:127.0.0.1:1",
                "{\"loadBalancingConfig\": [{\"acme_canary\": {\"percent\": 101}}]}");
    assertEquals(
        List.of(
            "service config: loadBalancingConfig[0].acme_canary.percent: 101 (expected: a whole"
                + " number, 0 to 100)"),
        findings.stream().map(Finding::message).toList());
  }
}
