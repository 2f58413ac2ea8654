package grpc.transport.nio.outbound;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** One puts while another closes: the command has one outcome, and the end comes once. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "framed")
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "failed")
@Outcome(id = "4, 1", expect = ACCEPTABLE, desc = "rejected")
@State
public class PutClose {
  private final Desk desk = new Desk(Integer.MAX_VALUE);

  @Actor
  public void put() {
    desk.put(0);
  }

  @Actor
  public void close() {
    desk.close();
  }

  @Arbiter
  public void outcome(II_Result r) {
    r.r1 = desk.outcome(0);
    r.r2 = desk.finishes();
  }
}
