package grpc.api;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Makes a blocking call on a virtual thread of its own. */
final class AsyncCall {
  private AsyncCall() {}

  static <R> CompletableFuture<R> start(String name, Supplier<R> call) {
    var future = new CompletableFuture<R>();
    Runnable task =
        () -> {
          try {
            future.complete(call.get());
          } catch (Throwable e) { // the future's caller sees every throwable
            future.completeExceptionally(e);
          }
        };
    var thread =
        Thread.ofVirtual()
            .name("grpc-async " + name)
            .inheritInheritableThreadLocals(false)
            .unstarted(CallContext.wrap(task));
    var _ =
        future.whenComplete((result, failure) -> {
          if (!Thread.currentThread().equals(thread)) {
            thread.interrupt(); // the future completed first: cancel the call
          }
        });
    thread.start();
    return future;
  }
}
