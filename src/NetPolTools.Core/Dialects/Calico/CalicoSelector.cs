using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace NetPolTools.Dialects.Calico;

/// <summary>
/// A Calico selector: a condition on the labels of endpoints, network sets, namespaces or service accounts. Closed: the nested records are all there are.
/// </summary>
public abstract record CalicoSelector
{
    /// <summary><c>all()</c>, and what an empty text means.</summary>
    public static readonly CalicoSelector Everything = new All();

    private CalicoSelector()
    {
    }

    /// <summary>Reads a selector; null and the empty text mean <c>all()</c>.</summary>
    /// <exception cref="FormatException">It is none; says why and where.</exception>
    public static CalicoSelector Parse(string? text) =>
        TryParse(text, out var selector, out var error) ? selector : throw new FormatException(error.ToString());

    /// <summary>Reads a selector; null and the empty text mean <c>all()</c>.</summary>
    /// <param name="text">The selector.</param>
    /// <param name="selector">What it says.</param>
    /// <param name="error">Why it is none, and where.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CalicoSelector? selector, [NotNullWhen(false)] out CalicoSelectorError? error)
    {
        selector = new CalicoSelectorParser(text ?? "").Parse(out error);
        return selector is not null;
    }

    /// <summary>Whether it holds for labels.</summary>
    /// <param name="labels">Gives the value of a key, or null for a label that is absent.</param>
    public abstract bool Matches(Func<string, string?> labels);

    /// <summary>The selector and all its parts.</summary>
    public IEnumerable<CalicoSelector> Parts()
    {
        yield return this;
        IEnumerable<CalicoSelector> below = this switch
        {
            Not not => [not.Part],
            And and => and.Operands,
            Or or => or.Operands,
            _ => [],
        };
        foreach (var part in below.SelectMany(static operand => operand.Parts()))
            yield return part;
    }

    /// <summary>As Calico itself writes it: operators that join conditions always in parentheses, values in double quotes.</summary>
    public sealed override string ToString() => CalicoSelectorText.Of(this);

    /// <summary><c>all()</c>: holds for everything.</summary>
    public sealed record All : CalicoSelector
    {
        public override bool Matches(Func<string, string?> labels) => true;
    }

    /// <summary><c>global()</c>: as the whole selector of namespaces, what is in no namespace.</summary>
    public sealed record Global : CalicoSelector
    {
        public override bool Matches(Func<string, string?> labels) => true;
    }

    /// <summary>A test of one label. A label that is absent stands the negative ones, and no other.</summary>
    /// <param name="Key">The label's key.</param>
    /// <param name="Test">What is asked.</param>
    /// <param name="Values">One value, of sets any number, in ordinal order; none for <see cref="CalicoLabelTest.Has"/>.</param>
    public sealed record Label(string Key, CalicoLabelTest Test, ImmutableArray<string> Values) : CalicoSelector
    {
        public override bool Matches(Func<string, string?> labels) => Test switch
        {
            CalicoLabelTest.NotEqual or CalicoLabelTest.NotIn => labels(Key) is not { } found || !Values.Contains(found),
            _ => labels(Key) is { } value && Holds(value),
        };

        public bool Equals(Label? other) => other is not null && Key == other.Key && Test == other.Test && Values.SequenceEqual(other.Values);

        public override int GetHashCode() => HashCode.Combine(Key, Test, Values.Length);

        private bool Holds(string value) => Test switch
        {
            CalicoLabelTest.Has => true,
            CalicoLabelTest.Contains => value.Contains(Values[0], StringComparison.Ordinal),
            CalicoLabelTest.StartsWith => value.StartsWith(Values[0], StringComparison.Ordinal),
            CalicoLabelTest.EndsWith => value.EndsWith(Values[0], StringComparison.Ordinal),
            _ => Values.Contains(value),
        };
    }

    public sealed record Not(CalicoSelector Part) : CalicoSelector
    {
        public override bool Matches(Func<string, string?> labels) => !Part.Matches(labels);
    }

    /// <summary>Two or more parts that all hold.</summary>
    public sealed record And(ImmutableArray<CalicoSelector> Operands) : CalicoSelector
    {
        public override bool Matches(Func<string, string?> labels) => Operands.All(operand => operand.Matches(labels));

        public bool Equals(And? other) => other is not null && Operands.SequenceEqual(other.Operands);

        public override int GetHashCode() => Operands.Length;
    }

    /// <summary>Two or more parts of which one holds.</summary>
    public sealed record Or(ImmutableArray<CalicoSelector> Operands) : CalicoSelector
    {
        public override bool Matches(Func<string, string?> labels) => Operands.Any(operand => operand.Matches(labels));

        public bool Equals(Or? other) => other is not null && Operands.SequenceEqual(other.Operands);

        public override int GetHashCode() => Operands.Length;
    }
}

/// <summary>What a selector asks of one label. Comparison is ordinal.</summary>
public enum CalicoLabelTest
{
    Has,
    Equal,
    NotEqual,
    In,
    NotIn,
    Contains,
    StartsWith,
    EndsWith,
}

/// <summary>Why a text is no selector.</summary>
/// <param name="Position">How many characters stand before the place.</param>
/// <param name="Message">What was found and what is expected, as a sentence without its stop.</param>
public sealed record CalicoSelectorError(int Position, string Message)
{
    /// <summary>The message with the place, counted from 1.</summary>
    public override string ToString() => $"{Message}, at character {Position + 1}";
}
