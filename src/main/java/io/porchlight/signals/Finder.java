package io.porchlight.signals;

import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Parcels;
import io.porchlight.fulfillment.Parcels.Parcel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.OrderNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the order, and the parcel of it, that a signal speaks of. */
@Component
class Finder {

    private final OrderNames names;
    private final Parcels parcels;

    Finder(OrderNames names, Parcels parcels) {
        this.names = names;
        this.parcels = parcels;
    }

    /**
     * The parcels, or whole orders, that are meant; several when one parcel holds several orders.
     *
     * @param attached the order that a person said it is; absent otherwise
     * @throws Waits when none is known yet
     * @throws Parks when nobody can tell which one
     */
    List<Parcel> find(String brand, About about, @Nullable JourneyKey attached) {
        if (about.nobody() && attached == null) {
            throw new Parks("It names neither an order nor a parcel");
        }
        var found = known(brand, about, attached);
        if (found.isEmpty()) {
            throw new Waits(
                    about.toString(),
                    awaited(brand, about),
                    "We know of no " + about + " yet; it is tried when it comes");
        }
        return found;
    }

    private List<Parcel> known(String brand, About about, @Nullable JourneyKey attached) {
        var byNumber = new LinkedHashSet<Parcel>();
        about.trackingNumbers().forEach(number -> byNumber.addAll(parcels.find(brand, number)));
        if (attached != null) {
            byNumber.removeIf(parcel -> !parcel.key().equals(attached));
            return byNumber.isEmpty() ? List.of(parcelOf(attached, about)) : List.copyOf(byNumber);
        }
        if (!byNumber.isEmpty()) {
            return List.copyOf(byNumber);
        }
        for (String name : about.orders()) {
            var called = names.find(brand, name);
            if (called.size() > 1) {
                throw new Parks("There are " + called.size() + " orders called " + name
                        + "; attach it to the one that is meant");
            }
            if (!called.isEmpty()) {
                return List.of(parcelOf(called.getFirst(), about));
            }
        }
        return List.of();
    }

    /** Nobody has told us what the shop calls this parcel: it is called by its number until then. */
    private static Parcel parcelOf(JourneyKey key, About about) {
        return new Parcel(
                key,
                about.trackingNumbers().isEmpty()
                        ? Milestone.WHOLE_ORDER
                        : Parcels.plain(about.trackingNumbers().getFirst()));
    }

    private List<String> awaited(String brand, About about) {
        var awaited = new ArrayList<String>();
        about.orders().forEach(name -> awaited.add(Backlog.order(name)));
        about.trackingNumbers().forEach(number -> awaited.add(Backlog.parcel(parcels.trackingKey(brand, number))));
        return awaited;
    }
}
