// Reads a report with the library that comments findings on merge requests: `Violations.java PARSER FILE`.
//
// Prints `[[rule, path, line, column, severity, message], ...]` as JSON; what it cannot read is said on standard error, and fails.

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import com.google.gson.Gson;
import shadow.se.bjurr.violations.lib.ViolationsLogger;
import shadow.se.bjurr.violations.lib.reports.Parser;

public class Violations {
    public static void main(String[] arguments) {
        ViolationsLogger complaints = new ViolationsLogger() {
            @Override
            public void log(Level level, String text) {
                throw new IllegalStateException(level + ": " + text);
            }

            @Override
            public void log(Level level, String text, Throwable cause) {
                throw new IllegalStateException(level + ": " + text, cause);
            }
        };
        var found = new ArrayList<List<Object>>();
        Parser.valueOf(arguments[0]).findViolations(complaints, List.of(new File(arguments[1]))).forEach(it ->
            found.add(List.of(it.getRule(), it.getFile(), it.getStartLine(), it.getColumn(), it.getSeverity().name(), it.getMessage())));
        System.out.println(new Gson().toJson(found));
    }
}
