package dev.semel.cli.demo.network;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * How one request is mistreated. The same seed and key give the same plan, whatever the threads do.
 *
 * @param fates one copy each, all sent at once
 * @param askedAgain whether it is sent once more after its answer is known
 * @param changed whether its key is then used with a changed payload
 * @param cancelAfterMillis when a {@link Fate#CANCEL} strikes
 */
record DeliveryPlan(List<Fate> fates, boolean askedAgain, boolean changed, int cancelAfterMillis) {

    DeliveryPlan {
        fates = List.copyOf(fates);
    }

    static DeliveryPlan of(long seed, String key) {
        SplittableRandom random = new SplittableRandom(seed * 31 + key.hashCode());
        List<Fate> fates = Stream.generate(() -> fate(random.nextInt(100)))
                .limit(random.nextInt(2, 6))
                .toList();
        return new DeliveryPlan(fates, random.nextInt(100) < 40, random.nextInt(100) < 12, random.nextInt(1, 40));
    }

    private static Fate fate(int percentile) {
        if (percentile < 55) {
            return Fate.LISTEN;
        }
        if (percentile < 75) {
            return Fate.FORGET;
        }
        return percentile < 88 ? Fate.CANCEL : Fate.HANG_UP;
    }
}
