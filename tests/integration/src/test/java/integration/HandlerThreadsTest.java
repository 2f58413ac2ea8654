package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.MethodDefinition;
import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.transport.inprocess.InProcessAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers' threads have a name and the server's class loader, and inherit nothing. */
@Timeout(60)
class HandlerThreadsTest {
  private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();

  private static byte[] describe(ClassLoader expected) {
    var thread = Thread.currentThread();
    boolean loader = expected.equals(thread.getContextClassLoader());
    return bytes(thread.getName() + " " + loader + " " + INHERITED.get());
  }

  /** Makes a call on a thread whose locals would be inherited, and whose loader is none. */
  private static String call(GrpcChannel channel) throws Exception {
    var task =
        new FutureTask<>(() -> {
          INHERITED.set("the caller's");
          var loader = Thread.currentThread().getContextClassLoader();
          var answer = text(channel.unary(Echo.UNARY, bytes("x"), CallOptions.DEFAULT).message());
          var async = channel.unaryAsync(Echo.UNARY, bytes("x"), CallOptions.DEFAULT);
          assertEquals(answer, text(async.get()));
          assertEquals(loader, Thread.currentThread().getContextClassLoader());
          return answer;
        });
    var caller = Thread.ofPlatform().unstarted(task);
    caller.setContextClassLoader(null);
    caller.start();
    return task.get();
  }

  private static GrpcServer start(InProcessAddress address, ClassLoader loader, boolean fallback)
      throws Exception {
    var task =
        new FutureTask<>(() -> {
          INHERITED.set("the server's");
          var service =
              ServiceDefinition.builder("test.Echo")
                  .unary(Echo.UNARY, request -> describe(loader))
                  .build();
          var builder = GrpcServer.builder().listen(address, ServerCredentials.plaintext());
          return (fallback
                  ? builder.fallback(
                      name -> Optional.<MethodDefinition<?, ?>>of(service.methods().getFirst()))
                  : builder.service(service))
              .start();
        });
    var thread = Thread.ofPlatform().unstarted(task);
    thread.setContextClassLoader(loader);
    thread.start();
    return task.get();
  }

  @Test
  void handlersHaveTheLoaderOfWhoBuiltTheServerAndTheNameOfTheirMethod() throws Exception {
    for (boolean fallback : new boolean[] {false, true}) {
      var address = InProcessAddress.unique();
      try (var loader = new URLClassLoader(new URL[0]);
          var server = start(address, loader, fallback);
          var channel =
              GrpcChannel.builder(server.addresses().getFirst(), ChannelCredentials.plaintext())
                  .open()) {
        String name = fallback ? "grpc fallback" : "grpc test.Echo/Unary";
        assertEquals(name + " true null", call(channel));
      }
    }
  }
}
