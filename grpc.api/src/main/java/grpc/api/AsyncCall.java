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
          } catch (Throwable e) { // the future's caller shall see whatever it was
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
            thread.interrupt(); // somebody was faster than the call, which this cancels
          }
        });
    thread.start();
    return future;
  }
}
