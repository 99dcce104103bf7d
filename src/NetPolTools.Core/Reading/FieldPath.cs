using System.Globalization;
using System.Text;
using NetPolTools.Validation;

namespace NetPolTools.Reading;

/// <summary>A path to a field as the API server writes it: <c>spec.ingress[0].from[1].ipBlock.cidr</c>. Grows and shrinks with the reading.</summary>
/// <remarks>Kept as segments and written out only when a diagnostic needs it: most paths are never shown.</remarks>
public sealed class FieldPath
{
    private Segment[] _segments = new Segment[16];
    private int _root;

    public int Depth { get; private set; }

    /// <summary>Undoes every push since the path had this depth.</summary>
    public void PopTo(int depth) => Depth = depth;

    /// <summary>Goes back to the object itself, whatever field of it the path leads to.</summary>
    public void PopToRoot() => PopTo(_root);

    public void Push(string field) => Push(new Segment(field, -1));

    public void Push(int index) => Push(new Segment(null, index));

    /// <summary>Makes the present place the root, as at an object inside a list; gives what <see cref="Restore"/> needs.</summary>
    public int Rebase()
    {
        var before = _root;
        _root = Depth;
        return before;
    }

    public void Restore(int root)
    {
        PopTo(_root);
        _root = root;
    }

    public void Reset()
    {
        Depth = 0;
        _root = 0;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var segment in _segments.AsSpan(_root, Depth - _root))
        {
            if (segment.Field is null)
                text.Append('[').Append(segment.Index.ToString(CultureInfo.InvariantCulture)).Append(']');
            else if (text.Length > 0)
                text.Append('.').Append(Excerpt.Of(segment.Field));
            else
                text.Append(Excerpt.Of(segment.Field));
        }

        return text.ToString();
    }

    private void Push(Segment segment)
    {
        if (Depth == _segments.Length)
            Array.Resize(ref _segments, Depth * 2);
        _segments[Depth++] = segment;
    }

    private readonly record struct Segment(string? Field, int Index);
}
