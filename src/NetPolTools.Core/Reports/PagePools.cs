using System.Text.Json;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>What the data of a page names by numbers, and says once at its end.</summary>
/// <param name="paths">How files are written.</param>
internal sealed class PagePools(LintPaths paths)
{
    private readonly Pooled<ConnectionEnd> _ends = new();
    private readonly Pooled<string> _texts = new();
    private readonly Pooled<(int Name, int File, int Line)> _policies = new();
    private readonly Pooled<(int Policy, int Path, int File, int Line)> _rules = new();
    private readonly Pooled<(int Rule, int Policy, int Action, int Ports, int Text)> _reasons = new();

    public int End(ConnectionEnd end) => _ends.NumberOf(end);

    /// <summary>-1 for none.</summary>
    public int Text(string? text) => text is null ? -1 : _texts.NumberOf(Printable.Of(text));

    /// <summary>-1 where it is not known.</summary>
    public int File(SourceLocation location) => location.IsKnown && location.File is { } file ? Text(paths.Of(file)) : -1;

    public int Policy(PolicyPlace policy) => _policies.NumberOf((Text(policy.Name), File(policy.Location), policy.Location.Line));

    public int Reason(DecidingReason reason)
    {
        var rule = reason.Rule is { } place
            ? _rules.NumberOf((Policy(place.Policy), Text(place.Path), File(place.Location), place.Location.Line))
            : -1;
        var policy = reason.Policy is { } its ? Policy(its) : -1;
        return _reasons.NumberOf((rule, policy, Text(reason.Action), reason.Ports.IsEmpty ? -1 : Text(reason.Ports.ToString()), Text(reason.Text)));
    }

    /// <summary>The properties <c>ends</c>, <c>policies</c>, <c>rules</c>, <c>reasons</c> and <c>texts</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("ends");
        foreach (var end in _ends.Values)
            Write(json, end);
        json.WriteEndArray();
        WriteTuples(json, "policies", _policies.Values.Select(static policy => new[] { policy.Name, policy.File, policy.Line }));
        WriteTuples(json, "rules", _rules.Values.Select(static rule => new[] { rule.Policy, rule.Path, rule.File, rule.Line }));
        WriteTuples(
            json, "reasons", _reasons.Values.Select(static reason => new[] { reason.Rule, reason.Policy, reason.Action, reason.Ports, reason.Text }));
        json.WriteStartArray("texts");
        foreach (var text in _texts.Values)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>An array of numbers.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The property; null within an array.</param>
    /// <param name="numbers">Its items.</param>
    /// <param name="more">How many more there are, which are not written.</param>
    public static void WriteNumbers(Utf8JsonWriter json, string? name, IEnumerable<int> numbers, int more = 0)
    {
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        if (more > 0)
            json.WriteNumberValue(-more);
        json.WriteEndArray();
    }

    public static void WriteTuples(Utf8JsonWriter json, string name, IEnumerable<int[]> tuples)
    {
        json.WriteStartArray(name);
        foreach (var tuple in tuples)
            WriteNumbers(json, null, tuple);
        json.WriteEndArray();
    }

    /// <summary>Addresses alone, or namespace, name and kind.</summary>
    private void Write(Utf8JsonWriter json, ConnectionEnd end)
    {
        json.WriteStartArray();
        if (end.Addresses is { } addresses)
        {
            json.WriteStringValue(Printable.Of(addresses));
        }
        else
        {
            json.WriteNumberValue(Text(end.Namespace));
            json.WriteStringValue(Printable.Of(end.Name!));
            json.WriteNumberValue(Text(end.Kind));
        }

        json.WriteEndArray();
    }
}
