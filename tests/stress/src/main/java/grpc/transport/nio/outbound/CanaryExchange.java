package grpc.transport.nio.outbound;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Fails: {@link PutClose} where what is put is taken by an exchange. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "the end came once")
@State
public class CanaryExchange {
  private final FlawedOutbox outbox =
      new FlawedOutbox(FlawedOutbox.Flaw.TAKE_BY_EXCHANGE, Integer.MAX_VALUE);

  @Actor
  public void put() {
    outbox.put(0);
  }

  @Actor
  public void close() {
    outbox.close();
  }

  @Arbiter
  public void outcome(I_Result r) {
    r.r1 = outbox.finishes();
  }
}
