BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $large = @(New-LargeCluster)

    # One object that takes hours to read.
    $configMap = @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'a' } }
    $endless = @{ apiVersion = 'v1'; kind = 'List'; items = [Linq.Enumerable]::Repeat[object]($configMap, [int]::MaxValue) }

    # Runs a command over large input on a thread of its own; gives the PowerShell and what it is waiting for.
    function Start-Command {
        param([string] $Script, [object[]] $Piped)
        $shell = [powershell]::Create()
        $shell.AddScript("Import-Module '$env:NETPOLTOOLS_MODULE'; `$input | $Script") | Out-Null
        $collection = [System.Management.Automation.PSDataCollection[psobject]]::new()
        foreach ($item in $Piped) { $collection.Add($item) }
        $collection.Complete()
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        [pscustomobject]@{ Shell = $shell; Output = $output; Waiting = $shell.BeginInvoke($collection, $output) }
    }
}

Describe 'Ctrl+C' {
    It 'ends <Stage> at once' -ForEach @(
        @{ Stage = 'the reading of one large object'; Script = 'Get-NetPolSnapshot'; Data = 'endless' }
        @{ Stage = 'the listing'; Script = 'Get-NetPolReachability -IncludeDenied | Out-Null'; Data = 'large' }
    ) {
        $running = Start-Command $Script -Piped (Get-Variable $Data -ValueOnly)
        try {
            Start-Sleep -Milliseconds 1000
            $running.Shell.InvocationStateInfo.State | Should -Be 'Running' -Because 'there must be something to stop'
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $running.Shell.Stop()

            # It takes some tens of milliseconds; the rest is for machines that are busy with other things.
            Write-Host "    stopped $Stage after $($clock.ElapsedMilliseconds) ms"
            $clock.ElapsedMilliseconds | Should -BeLessThan 1000
            $running.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally { $running.Shell.Dispose() }
    }
}

Describe 'Progress' {
    It 'shows once the work takes more than a second, names the command, and ends' {
        $shell = [powershell]::Create()
        try {
            $slow = "Import-Module '$env:NETPOLTOOLS_MODULE'
                1..8 | ForEach-Object { Start-Sleep -Milliseconds 200; @{ apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = `"p`$_`" } } } |
                    Get-NetPolSnapshot"
            $shell.AddScript($slow).Invoke() | Out-Null
            $records = $shell.Streams.Progress
            $records.Count | Should -BeGreaterThan 1
            $records[0].Activity | Should -Be 'Get-NetPolSnapshot'
            $records[-1].RecordType | Should -Be 'Completed'
        }
        finally { $shell.Dispose() }
    }

    It 'does not show for what is quick' {
        $shell = [powershell]::Create()
        try {
            $shell.AddScript("Import-Module '$env:NETPOLTOOLS_MODULE'; Get-NetPolReachability '$threeTier'").Invoke() | Should -Not -BeNullOrEmpty
            $shell.Streams.Progress | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
    }
}

Describe 'Many runspaces' {
    It 'give the same answers from one snapshot' {
        $snapshot = Get-NetPolSnapshot $threeTier
        $expected = "$(Get-NetPolReachability $threeTier -IncludeDenied | Get-Line)"
        $answers = 1..24 | ForEach-Object -Parallel {
            Import-Module $env:NETPOLTOOLS_MODULE
            "$($using:snapshot | Get-NetPolReachability -IncludeDenied)"
        } -ThrottleLimit 8
        $answers | Should -HaveCount 24
        $answers | Sort-Object -Unique | Should -Be $expected
    }

    It 'give the same answers from files they read at the same time' {
        $expected = "$(Get-NetPolReachability $threeTier -IncludeDenied | Get-Line)"
        $answers = 1..24 | ForEach-Object -Parallel {
            Import-Module $env:NETPOLTOOLS_MODULE
            "$(Get-NetPolReachability $using:threeTier -IncludeDenied)"
        } -ThrottleLimit 8
        $answers | Sort-Object -Unique | Should -Be $expected
    }
}

Describe 'The console' {
    It 'gets nothing from an import or from an answer that is assigned' {
        $assigned = "`$answer = Get-NetPolReachability '$threeTier'; `$snapshot = Get-NetPolSnapshot '$threeTierJson'"
        Invoke-FreshSession "Import-Module '$env:NETPOLTOOLS_MODULE'; $assigned" |
            Should -BeNullOrEmpty
    }

    It 'gets nothing but objects down the pipeline' {
        $shell = [powershell]::Create()
        try {
            $output = $shell.AddScript("Import-Module '$env:NETPOLTOOLS_MODULE'; Get-NetPolReachability '$threeTier' -To db").Invoke()
            $output | Should -HaveCount 1
            foreach ($stream in 'Error', 'Warning', 'Information', 'Verbose', 'Debug') { $shell.Streams.$stream | Should -BeNullOrEmpty }
        }
        finally { $shell.Dispose() }
    }
}

Describe 'A question' {
    It 'hands out connections as they are found' {
        # Select-Object ends the pipeline with the first of some two million.
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $large | Get-NetPolReachability -IncludeDenied | Select-Object -First 1 | Should -HaveCount 1
        Write-Host "    first connection after $($clock.ElapsedMilliseconds) ms"
    }
}
