package grpc.transport.nio.outbound;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two put at once: both are framed, whoever writes. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "each framed once")
@State
public class PutPut {
  private final Desk desk = new Desk(Integer.MAX_VALUE);

  @Actor
  public void one() {
    desk.put(0);
  }

  @Actor
  public void other() {
    desk.put(1);
  }

  @Arbiter
  public void outcome(II_Result r) {
    r.r1 = desk.outcome(0);
    r.r2 = desk.outcome(1);
  }
}
