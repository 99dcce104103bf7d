using NetPolTools.Linting;
using NetPolTools.Objects;
using NetPolTools.Sources;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>Makes corrections in a text, and gives no text where it would then say something else than is meant, or something else otherwise.</summary>
/// <param name="before">The text.</param>
/// <param name="parse">Reads texts.</param>
internal sealed class LintFixText(SourceText before, SourceParser parse)
{
    /// <summary>The text after a correction; null where it cannot be made.</summary>
    /// <param name="correction">With something to be made.</param>
    /// <param name="about">The object that it is about; null where it is about none that is in the text.</param>
    /// <param name="comment">The comment that is to go; null for none.</param>
    public string? After(LintCorrection correction, KubernetesObject? about, string? comment)
    {
        var expected = before.Documents.Select(SourceValue.Of).ToList();
        if (correction.RemovesComment)
            return Checked(WithoutComment(comment), expected);
        if (correction.AddedDocument is { } document)
        {
            expected.Add(SourceValue.Of(parse(document)[0]));
            return Checked(SourceDocuments.With(before, document), expected);
        }

        if (about is null)
            return null;
        return correction.RemovesObject ? WithoutObject(about.Location, expected) : Edited(about.Location, correction.Edits, expected);
    }

    /// <summary>The text after changes of one object; null where one cannot be made.</summary>
    /// <param name="place">Where the object begins.</param>
    /// <param name="edits">One after the other.</param>
    public string? After(SourceLocation place, IReadOnlyList<SourceEdit> edits) => Edited(place, edits, [.. before.Documents.Select(SourceValue.Of)]);

    private string? Edited(SourceLocation place, IReadOnlyList<SourceEdit> edits, List<SourceValue> expected)
    {
        var text = before;
        foreach (var edit in edits)
        {
            if (Root(text, place) is not var (document, path, root) || edit.Changes(text, root) is not { } changes
                || expected[document].Find(path) is not { } value || !edit.Apply(value, parse))
            {
                return null;
            }

            text = new SourceText(TextChange.Apply(text.Text, changes), parse);
        }

        return Checked(text.Text, expected);
    }

    private string? WithoutObject(SourceLocation place, List<SourceValue> expected)
    {
        if (Root(before, place) is not var (document, path, _))
            return null;
        if (path.Length == 0)
        {
            expected.RemoveAt(document);
            return Checked(SourceDocuments.Without(before, document), expected);
        }

        // An item of a list of objects, which may be in another one.
        var (list, index) = Item(path);
        var edit = new RemovedItem(list, index);
        return edit.Changes(before, before.Documents[document]) is { } changes && edit.Apply(expected[document], parse)
            ? Checked(TextChange.Apply(before.Text, changes), expected)
            : null;
    }

    /// <summary>Where the comment stands by itself several times, nobody knows which of them is meant.</summary>
    private string? WithoutComment(string? comment)
    {
        if (comment is not { Length: > 0 } || before.Text.IndexOf(comment, StringComparison.Ordinal) is not (>= 0 and var at)
            || before.Text.IndexOf(comment, at + 1, StringComparison.Ordinal) >= 0)
        {
            return null;
        }

        return SourceDocuments.WithoutComment(before, at);
    }

    private string? Checked(string? text, List<SourceValue> expected)
    {
        if (text is null)
            return null;
        var documents = parse(text);
        return documents.Count == expected.Count && documents.Zip(expected).All(static pair => SourceValue.Of(pair.First).Says(pair.Second)) ? text : null;
    }

    /// <summary><c>items</c> and 3 of <c>items[3]</c>.</summary>
    private static (string List, int Index) Item(string path)
    {
        var bracket = path.LastIndexOf('[');
        return (path[..bracket], int.Parse(path[(bracket + 1)..^1], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The object that begins at a place: the number of its document, the way to it, and itself.</summary>
    private static (int Document, string Path, SourceNode Root)? Root(SourceText text, SourceLocation place)
    {
        var offset = text.OffsetOf(place);
        for (var i = 0; i < text.Documents.Count; i++)
        {
            if (Within(text.Documents[i], "", offset) is var (path, root))
                return (i, path, root);
        }

        return null;
    }

    private static (string Path, SourceNode Root)? Within(SourceNode node, string path, int offset)
    {
        if (node.Start == offset && node.Kind == SourceNodeKind.Map)
            return (path, node);
        var items = node["items"]?.Items ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            if (Within(items[i], $"{path}{(path.Length > 0 ? "." : "")}items[{i}]", offset) is { } found)
                return found;
        }

        return null;
    }
}
