using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Validation;

namespace NetPolTools.Intents;

/// <summary>Makes intents of what was written, once all names of ends are known.</summary>
/// <param name="report">Told what is wrong.</param>
internal sealed class IntentMaker(Action<Diagnostic> report)
{
    private const string Arrow = "->";

    private readonly Dictionary<string, (IReadOnlyList<string> Texts, IntentPlace Place)> _ends = [];
    private readonly List<Func<Intent?>> _written = [];

    /// <summary>How many mistakes were found.</summary>
    public int ErrorCount { get; private set; }

    public static bool IsArrow(string text) => text.Contains(Arrow, StringComparison.Ordinal);

    public void AddEnds(string name, IReadOnlyList<string> texts, IntentPlace place) => _ends[name] = (texts, place);

    /// <summary>An intent in one line.</summary>
    /// <param name="ends"><c>web -> db</c>.</param>
    /// <param name="value">What stands behind it.</param>
    /// <param name="place">Of the line.</param>
    /// <param name="isList">Whether the value is a list of ports.</param>
    public void AddLine(string ends, IReadOnlyList<string> value, IntentPlace place, bool isList = false) =>
        _written.Add(() => Line(ends, value, place, isList));

    public void Add(WrittenIntent written) => _written.Add(() => Of(written));

    public IReadOnlyList<Intent> Make()
    {
        foreach (var (_, (texts, place)) in _ends)
        {
            foreach (var text in texts)
                Pattern(text, isSource: false, place);
        }

        return [.. _written.Select(static make => make()).OfType<Intent>()];
    }

    private Intent? Line(string ends, IReadOnlyList<string> value, IntentPlace place, bool isList)
    {
        var parts = ends.Split(Arrow);
        if (parts.Length != 2 || parts.Any(static part => part.Trim().Length == 0))
        {
            Tell(place, DiagnosticId.InvalidValue, $"Found '{Excerpt.Of(ends)}', expected two ends with one arrow between them, such as web -> db.");
            return null;
        }

        IntentWords words;
        try
        {
            words = isList ? new IntentWords(IntentKind.Allowed, IntentWords.ParsePorts(value), false)
                : value.Count == 0 ? IntentWords.None
                : IntentWords.Parse(value[0]);
        }
        catch (FormatException e)
        {
            Tell(place, DiagnosticId.InvalidValue, e.Message);
            return null;
        }

        var text = $"{parts[0].Trim()} {Arrow} {parts[1].Trim()}{(value.Count == 0 ? "" : ": " + string.Join(", ", value))}";
        return Make(text, [parts[0].Trim()], place, [parts[1].Trim()], place, words, isPlain: value.Count == 0, place);
    }

    private Intent? Of(WrittenIntent written)
    {
        if (written.FromPlace is not { } fromPlace || written.ToPlace is not { } toPlace)
        {
            Tell(written.Place, DiagnosticId.InvalidValue, "Found an intent without ends on both sides, expected from and to.");
            return null;
        }

        // What is wrong with them is told.
        if (written.From is not { } from || written.To is not { } to)
            return null;
        if (from.Count == 0 || to.Count == 0)
        {
            Tell(from.Count == 0 ? fromPlace : toPlace, DiagnosticId.InvalidValue, "Found an empty list, expected at least one end.");
            return null;
        }

        IntentWords words;
        try
        {
            words = written.Ports is { Count: > 0 } ports ? new IntentWords(IntentKind.Allowed, IntentWords.ParsePorts(ports), false) : IntentWords.None;
        }
        catch (FormatException e)
        {
            Tell(written.PortsPlace, DiagnosticId.InvalidValue, e.Message);
            return null;
        }

        if (written.Expect == "only" && words.OnSomePort)
        {
            Tell(written.Place, DiagnosticId.InvalidValue, "Found expect: only without ports, expected the ports that are meant.");
            return null;
        }

        words = written.Expect switch
        {
            "denied" => words with { Kind = IntentKind.Denied, OnSomePort = false },
            "only" => words with { Kind = IntentKind.Only },
            _ => words,
        };
        var value = written.Ports is { Count: > 0 } given ? ": " + string.Join(", ", given) : "";
        var expected = written.Expect is { } expect ? $" ({expect})" : "";
        var text = written.Name ?? $"{string.Join(", ", from)} {Arrow} {string.Join(", ", to)}{value}{expected}";
        return Make(text, from, fromPlace, to, toPlace, words, isPlain: value.Length + expected.Length == 0, written.Place);
    }

    /// <param name="name">Of the intent.</param>
    /// <param name="from">Sources.</param>
    /// <param name="fromPlace">Where they stand.</param>
    /// <param name="to">Destinations.</param>
    /// <param name="toPlace">Where they stand.</param>
    /// <param name="words">What is asked for.</param>
    /// <param name="isPlain">Whether nothing but ends is given.</param>
    /// <param name="place">Of the intent.</param>
    private Intent? Make(
        string name,
        IReadOnlyList<string> from,
        IntentPlace fromPlace,
        IReadOnlyList<string> to,
        IntentPlace toPlace,
        IntentWords words,
        bool isPlain,
        IntentPlace place)
    {
        bool Says(string word) => from.Contains(word) || to.Contains(word);
        if (Says(IntentWords.Nothing) || Says(IntentWords.NothingElse))
        {
            var isOne = (from.Count == 1 && IsNothing(from[0])) != (to.Count == 1 && IsNothing(to[0]));
            if (!isOne || (from.Count > 1 && from.Any(IsNothing)) || (to.Count > 1 && to.Any(IsNothing)))
            {
                Tell(place, DiagnosticId.InvalidValue, $"Found '{IntentWords.Nothing}' beside other ends or on both sides, expected it alone on one side.");
                return null;
            }

            if (Says(IntentWords.NothingElse) && !isPlain)
            {
                Tell(place, DiagnosticId.InvalidValue, $"Found ports or an expectation with '{IntentWords.NothingElse}', which is about all ports.");
                return null;
            }

            if (words.Kind == IntentKind.Only)
            {
                Tell(place, DiagnosticId.InvalidValue, $"Found '{IntentWords.Nothing}' with the word only, expected ports that nothing may reach.");
                return null;
            }

            words = words with { Kind = Says(IntentWords.NothingElse) ? IntentKind.NothingElse : IntentKind.Denied, OnSomePort = false };
        }

        var errors = ErrorCount;
        var (source, destination) = (End(from, isSource: true, fromPlace), End(to, isSource: false, toPlace));
        if (words.Ports.Names.Count > 0 && !(destination.Patterns.Count > 0 && destination.Patterns.All(static pattern => pattern.IsService)))
        {
            Tell(place, DiagnosticId.InvalidValue,
                $"Found the port name '{Excerpt.Of(words.Ports.Names[0])}', expected numbers: names are those of a Service's ports, as in -> shop/svc/db.");
        }

        return ErrorCount > errors ? null : new Intent(name, words.Kind, source, destination)
        {
            Ports = words.Ports,
            OnSomePort = words.OnSomePort,
            Location = place.Location,
        };
    }

    private static bool IsNothing(string text) => text is IntentWords.Nothing or IntentWords.NothingElse;

    private IntentEnd End(IReadOnlyList<string> texts, bool isSource, IntentPlace place)
    {
        var end = new IntentEnd(string.Join(", ", texts));
        if (texts.Any(static text => text is IntentWords.Everything || IsNothing(text)))
            return end with { IsEverything = true };
        return end with
        {
            Patterns = [.. texts.SelectMany(text => _ends.TryGetValue(text, out var meant) ? meant.Texts
                    : text == MetadataAddresses.Word ? MetadataAddresses.All
                    : [text])
                .Select(text => Pattern(text, isSource, place)).OfType<EndpointPattern>()],
        };
    }

    private EndpointPattern? Pattern(string text, bool isSource, IntentPlace place)
    {
        try
        {
            return isSource ? EndpointPattern.ParseSource(text) : EndpointPattern.Parse(text);
        }
        catch (FormatException e)
        {
            Tell(place, DiagnosticId.InvalidValue, e.Message);
            return null;
        }
    }

    private void Tell(IntentPlace place, DiagnosticId id, string message)
    {
        ErrorCount++;
        report(new Diagnostic(id, DiagnosticSeverity.Error, message) { Location = place.Location, FieldPath = place.Path });
    }
}
