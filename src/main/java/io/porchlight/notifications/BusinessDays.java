package io.porchlight.notifications;

import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.Calendar.WeekData;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import io.porchlight.models.JourneyModel.SendAt;
import io.porchlight.notifications.Verdict.Later;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Where a step asks for business days, its letter waits for the morning of the next one where the customer is. The weekend
 * and the public holidays are those of the country it is shipped to; without a country it is Saturday and Sunday.
 */
@Component
@Order(72)
class BusinessDays implements Rule {

    private static final Set<String> CALENDARS = HolidayManager.getSupportedCalendarCodes().stream()
            .map(code -> code.toUpperCase(ROOT))
            .collect(toUnmodifiableSet());

    @Override
    public Optional<Verdict> objection(Facts facts) {
        if (facts.step().filter(step -> step.sendAt() == SendAt.BUSINESS_DAYS).isEmpty()) {
            return Optional.empty();
        }
        var night = new Night(facts.brand().quietHours(), facts.zone());
        var country = facts.order().country();
        var today = LocalDate.ofInstant(facts.now(), facts.zone());
        if (open(today, country)) {
            var morning = night.endOf(facts.now());
            if (morning.isEmpty()) {
                return Optional.empty();
            }
            var day = LocalDate.ofInstant(morning.get(), facts.zone());
            return later(facts, night, open(day, country) ? day : nextAfter(day, country));
        }
        return later(facts, night, nextAfter(today, country));
    }

    private static Optional<Verdict> later(Facts facts, Night night, LocalDate day) {
        var morning = night.dawn(day);
        return Optional.of(
                new Later(morning, "it waits for the morning of the next business day, " + facts.moment(morning)));
    }

    private static LocalDate nextAfter(LocalDate day, @Nullable String country) {
        return Stream.iterate(day.plusDays(1), next -> next.plusDays(1))
                .filter(next -> open(next, country))
                .findFirst()
                .orElseThrow();
    }

    private static boolean open(LocalDate day, @Nullable String country) {
        return !weekend(day.getDayOfWeek(), country) && !holiday(day, country);
    }

    private static boolean weekend(DayOfWeek day, @Nullable String country) {
        WeekData week = Calendar.getWeekDataForRegion(country == null ? "001" : country);
        int number = day.getValue() % 7 + 1;
        return week.weekendOnset <= week.weekendCease
                ? number >= week.weekendOnset && number <= week.weekendCease
                : number >= week.weekendOnset || number <= week.weekendCease;
    }

    private static boolean holiday(LocalDate day, @Nullable String country) {
        return country != null
                && CALENDARS.contains(country)
                && HolidayManager.getInstance(ManagerParameters.create(country.toLowerCase(ROOT)))
                        .isHoliday(day);
    }
}
