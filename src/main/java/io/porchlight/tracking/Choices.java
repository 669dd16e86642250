package io.porchlight.tracking;

import io.porchlight.consent.Preferences.Pace;

/**
 * What the customer can ask for on the page, as it stands. What the template calls is public, for Spring's expressions see
 * nothing else.
 *
 * @param token of the page, for the addresses of its forms
 * @param offers whether offers would come
 * @param noteOpen whether a word about the porch can still reach the carrier
 * @param shared the address of the page for others; empty while it is not shared
 * @param preferences where to choose the rest
 * @param did what was done just now, as the words name it; empty when nothing was
 */
record Choices(
        String token,
        Pace pace,
        boolean offers,
        boolean gift,
        String deliveryNote,
        boolean noteOpen,
        String shared,
        String preferences,
        String did) {

    /** All paces, quickest first. */
    public Pace[] paces() {
        return Pace.values();
    }

    /** Whether what was done just now belongs to one of the forms. */
    public boolean about(String form) {
        return did.equals(form) || did.startsWith(form + "-");
    }
}
