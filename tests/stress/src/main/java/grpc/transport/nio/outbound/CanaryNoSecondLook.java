package grpc.transport.nio.outbound;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Fails: {@link PutPut} without the look at head after the role was given up. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "each framed once")
@State
public class CanaryNoSecondLook {
  private final FlawedOutbox outbox =
      new FlawedOutbox(FlawedOutbox.Flaw.NO_SECOND_LOOK, Integer.MAX_VALUE);

  @Actor
  public void one() {
    outbox.put(0);
  }

  @Actor
  public void other() {
    outbox.put(1);
  }

  @Arbiter
  public void outcome(II_Result r) {
    r.r1 = outbox.framed(0);
    r.r2 = outbox.framed(1);
  }
}
