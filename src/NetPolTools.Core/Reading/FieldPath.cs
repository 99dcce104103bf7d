using System.Globalization;
using System.Text;

namespace NetPolTools.Reading;

/// <summary>A path to a field as the API server writes it: <c>spec.ingress[0].from[1].ipBlock.cidr</c>. Grows and shrinks with the reading.</summary>
/// <remarks>Kept as segments and written out only when a diagnostic needs it: most paths are never shown.</remarks>
public sealed class FieldPath
{
    private readonly List<Segment> _segments = [];
    private int _root;

    public int Depth => _segments.Count;

    /// <summary>Undoes every push since the path had this depth.</summary>
    public void PopTo(int depth) => _segments.RemoveRange(depth, _segments.Count - depth);

    /// <summary>Goes back to the object itself, whatever field of it the path leads to.</summary>
    public void PopToRoot() => PopTo(_root);

    public void Push(string field) => _segments.Add(new Segment(field, -1));

    public void Push(int index) => _segments.Add(new Segment(null, index));

    /// <summary>Makes the present place the root, as at an object inside a list; gives what <see cref="Restore"/> needs.</summary>
    public int Rebase()
    {
        var before = _root;
        _root = _segments.Count;
        return before;
    }

    public void Restore(int root)
    {
        PopTo(_root);
        _root = root;
    }

    public void Reset()
    {
        _segments.Clear();
        _root = 0;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var segment in _segments.Skip(_root))
        {
            if (segment.Field is null)
                text.Append('[').Append(segment.Index.ToString(CultureInfo.InvariantCulture)).Append(']');
            else if (text.Length > 0)
                text.Append('.').Append(segment.Field);
            else
                text.Append(segment.Field);
        }

        return text.ToString();
    }

    private readonly record struct Segment(string? Field, int Index);
}
