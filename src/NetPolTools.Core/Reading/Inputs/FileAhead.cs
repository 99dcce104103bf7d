namespace NetPolTools.Reading;

/// <summary>A file of a folder, to be read by whichever thread comes to it first.</summary>
/// <param name="found">Where it is.</param>
internal sealed class FileAhead(FoundPath found)
{
    private volatile FileAheadState _state = found.Failure is null ? FileAheadState.Waiting : FileAheadState.Left;
    private FoundAhead? _content;
    private int _bytesRead;

    public FoundPath Found => found;

    /// <summary>Whether nobody has come to it. Guarded by the queue of the files, as is what follows from it.</summary>
    public bool IsWaiting => _state == FileAheadState.Waiting;

    /// <summary>The other thread begins to read it.</summary>
    public void Begin() => _state = FileAheadState.BeingRead;

    /// <summary>It is for the reader to read.</summary>
    public void Leave() => _state = FileAheadState.Left;

    /// <summary>The other thread has read it.</summary>
    /// <param name="content">What it holds.</param>
    /// <param name="bytesRead">Its length.</param>
    public void End(FoundAhead content, int bytesRead)
    {
        (_content, _bytesRead) = (content, bytesRead);
        _state = FileAheadState.Read;
    }

    /// <summary>What the other thread has found in it, as soon as it is done; null where the reader is to read it.</summary>
    /// <param name="bytesRead">Its length.</param>
    public FoundAhead? Content(out int bytesRead)
    {
        // A small file is read in less time than it takes to wake a thread.
        var wait = default(SpinWait);
        while (_state == FileAheadState.BeingRead)
            wait.SpinOnce();
        bytesRead = _bytesRead;
        return _state == FileAheadState.Read ? _content : null;
    }
}

internal enum FileAheadState
{
    /// <summary>For whichever thread comes first.</summary>
    Waiting,

    BeingRead,

    Read,

    /// <summary>The reader reads it itself.</summary>
    Left,
}
