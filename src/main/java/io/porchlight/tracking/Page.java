package io.porchlight.tracking;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page says, ready to print: texts in the customer's language, empty where there is nothing to say. What the
 * template calls is public, for Spring's expressions see nothing else.
 *
 * @param placed when the customer paid
 * @param chapters the story, from the confirmation on
 * @param latest something newer than the newest chapter, such as a parcel that is out for delivery
 * @param next what comes next; absent when the story is over or not chosen yet
 * @param moreItems how many items are not listed
 * @param gift whether the page hides what is in the parcel
 */
record Page(
        String lang,
        String dir,
        String orderId,
        Moment placed,
        List<Chapter> chapters,
        @Nullable Event latest,
        @Nullable Next next,
        boolean complete,
        Arrival arrival,
        List<Parcel> parcels,
        List<Letter> letters,
        List<Item> items,
        int moreItems,
        boolean gift,
        String zone) {

    /** A day and a time as the customer writes them, and for machines. */
    record Moment(String day, String time, String iso) {}

    /** Whether a chapter has happened. */
    enum State {
        DONE,
        NEXT,
        LATER
    }

    /**
     * About when something will happen.
     *
     * @param promised whether that was promised, or only is when it usually happens
     */
    record Expected(String day, boolean promised) {}

    /**
     * One step of the story.
     *
     * @param number its place in the story, from 1
     * @param label empty while no journey is chosen, and when it is a secret
     * @param at when it happened; absent when it is not known or has not happened
     * @param newest whether the order is here
     * @param implied nobody reported it, but something later happened
     * @param expected about when it will happen; absent when nobody can say
     * @param events what happened between this chapter and the next one
     */
    record Chapter(
            String id,
            int number,
            String label,
            String story,
            State state,
            boolean newest,
            boolean implied,
            @Nullable Moment at,
            @Nullable Expected expected,
            String note,
            String photo,
            List<Event> events) {

        public boolean done() {
            return state == State.DONE;
        }
    }

    /**
     * Something that happened beside the story.
     *
     * @param name the sender's
     * @param label the model's; empty when it has none
     * @param parcel which of several parcels, from 1; else 0
     */
    record Event(
            String name, String label, int parcel, @Nullable Moment at, String note, String photo) {

        /** The sender's name as people would write it. */
        public String plainName() {
            String words = name.replace('-', ' ');
            return Character.toUpperCase(words.charAt(0)) + words.substring(1);
        }
    }

    /**
     * What comes next.
     *
     * @param told whether the model sends a letter when it happens
     */
    record Next(Chapter chapter, boolean told) {}

    /** What can be said about the day. */
    enum Certainty {
        /** Nothing was ever said. */
        UNKNOWN,
        /** A window was said, and it can still be kept. */
        PROMISED,
        /** The window is over, and the order has not arrived. */
        PASSED,
        /** The order has arrived. */
        ARRIVED
    }

    /**
     * When it arrives.
     *
     * @param window the promised days; empty when there are none
     * @param until the last of them
     * @param arrived when it arrived; absent when it has not, or nobody knows
     * @param history what was said and when, oldest first; empty when the first word still stands
     */
    record Arrival(
            Certainty certainty,
            String window,
            String until,
            @Nullable Moment arrived,
            List<Said> history) {

        /** What was said before the last word. */
        public Said before() {
            return history.get(history.size() - 2);
        }

        /** The last word. */
        public Said now() {
            return history.getLast();
        }
    }

    /**
     * One word about the day.
     *
     * @param because why the day moved, as the shop says it; empty when it gave no reason
     */
    record Said(String window, String on, String because) {}

    /**
     * One parcel.
     *
     * @param number its place among the parcels, from 1; 0 when the order travels as a whole
     */
    record Parcel(
            int number,
            String carrier,
            String trackingNumber,
            String link,
            List<String> contents,
            List<Event> events) {}

    /** A letter that was sent; {@code certain} is false when nobody can say whether it arrived. */
    record Letter(String subject, Moment at, boolean certain) {}

    /** One line of the order. */
    record Item(String name, int quantity) {}

    /** The chapter that the order has reached. */
    public Chapter now() {
        return chapters.stream().filter(Chapter::newest).findFirst().orElseThrow();
    }

    /** How many chapters have happened. */
    public long done() {
        return chapters.stream().filter(Chapter::done).count();
    }
}
