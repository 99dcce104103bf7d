using YamlDotNet.Core;

namespace NetPolTools.Yaml.Events;

/// <summary>Gives recorded nodes again in the place of their aliases.</summary>
internal sealed class EventReplay(EventRecord record)
{
    private readonly Stack<Frame> _frames = new();

    public bool IsActive
    {
        get
        {
            while (_frames.TryPeek(out var frame) && frame.Position == frame.End)
                _frames.Pop();
            return _frames.Count > 0;
        }
    }

    /// <summary>The index of the next event; of use only while active.</summary>
    public int Position => _frames.Peek().Position;

    /// <summary>Where the outermost alias stands that is being replaced; null for a merged map that was written in place.</summary>
    public Mark? Place => _frames.Peek().Place;

    public void Clear() => _frames.Clear();

    /// <summary>Goes on with the node at this index; afterwards with whatever came before.</summary>
    public void Push(int index, Mark? place) => _frames.Push(new Frame(index, record.After(index), place));

    public void MoveTo(int index) => _frames.Push(_frames.Pop() with { Position = index });

    private readonly record struct Frame(int Position, int End, Mark? Place);
}
