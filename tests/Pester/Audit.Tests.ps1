BeforeDiscovery {
    # What an audit asserts where its question cannot be asked.
    $unasked = @(
        'Test-NetPolReachability -Context no-such-context -From shop/web -To shop/db | Should -BeFalse'
        'Test-NetPolReachability -Context no-such-context -Transport Client -From shop/web -To shop/db | Should -BeFalse'
        'Test-NetPolReachability $t -From shop/nosuch -To shop/db | Should -BeFalse'
        'Test-NetPolReachability $t -From shop/* -To *b | Should -BeFalse'
        '-not (Test-NetPolReachability $t -From shop/nosuch -To shop/db) | Should -BeTrue'
        'Test-NetPolReachability $t, no-such-file.yaml -From shop/web -To shop/db | Should -BeFalse'
        'Get-NetPolSnapshot $t, no-such-file.yaml | Test-NetPolReachability -From shop/web -To shop/db | Should -BeFalse'
        '$null | Test-NetPolReachability -From a -To b | Should -BeFalse'
        '$empty | ConvertFrom-Json | Test-NetPolReachability -From a -To b | Should -BeFalse'
        '@() | Test-NetPolReachability $t | Should -Not -Contain $false'
        '[pscustomobject]@{ Source = "shop/web"; Target = "shop/db" } | Test-NetPolReachability $t | Should -Not -Contain $false'
        '[pscustomobject]@{ From = ""; To = "shop/db" } | Test-NetPolReachability $t | Should -Not -Contain $false'
        'Test-NetPolCniSupport -Context no-such-context | Should -BeFalse'
        '$null | Test-NetPolCniSupport | Should -BeFalse'
    )

    # The same of cmdlets that give an empty answer, under -ErrorAction Stop.
    $empty = @(
        'Get-NetPolReachability $t -From shop/nosuch -To shop/db -ErrorAction Stop | Should -BeNullOrEmpty'
        'Get-NetPolIsolation -Context no-such-context -Open -ErrorAction Stop | Should -BeNullOrEmpty'
        'Compare-NetPolReachability -ReferenceContext no-such-context $t -ErrorAction Stop | Should -BeNullOrEmpty'
        'Compare-NetPolReachability -ReferenceContext no-such-context -Transport Client $t -ErrorAction Stop | Should -BeNullOrEmpty'
        'Get-NetPolReachability -Context no-such-context -Transport Client -To shop/db -ErrorAction Stop | Should -BeNullOrEmpty'
        'Get-NetPolIsolation /nosuch -Open -ErrorAction Stop | Should -BeNullOrEmpty'
        'Get-NetPolIsolation $t/policies.yaml -Open -ErrorAction Stop | Should -BeNullOrEmpty'
        '$null | Get-NetPolReachability -To shop/db -ErrorAction Stop | Should -BeNullOrEmpty'
        '$null | Get-NetPolIsolation -Open -ErrorAction Stop | Should -BeNullOrEmpty'
        '$empty | ConvertFrom-Json | Get-NetPolIsolation -By Namespace -Open -ErrorAction Stop | Should -BeNullOrEmpty'
        '(sh -c "exit 1") | ConvertFrom-Json | Get-NetPolIsolation -By Namespace -Open -ErrorAction Stop | Should -BeNullOrEmpty'
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $cluster = Get-NetPolSnapshot $threeTier
    $emptyList = '{"kind":"List","apiVersion":"v1","items":[]}'

    # Audits as people write them, run by Pester itself: all in one run, since each run takes its time to start. The assertions that passed.
    function Get-Passed {
        param([string[]] $Assertion)
        $file = Join-Path $TestDrive 'Audits.Tests.ps1'
        @(
            "BeforeAll { Import-Module '$env:NETPOLTOOLS_MODULE'; `$t = '$threeTier'; `$ErrorActionPreference = 'SilentlyContinue'; `$empty = '$emptyList' }"
            'Describe audit {'
            $Assertion | ForEach-Object { "    It '$($_ -replace "'", "''")' { $_ }" }
            '}'
        ) | Set-Content $file
        $configuration = New-PesterConfiguration
        $configuration.Run.Path = $file
        $configuration.Run.PassThru = $true
        $configuration.Output.Verbosity = 'None'
        $run = Invoke-Pester -Configuration $configuration
        $run.TotalCount | Should -Be $Assertion.Count
        @($run.Passed.Name)
    }
}

Describe 'An audit' -ForEach @(@{ Unasked = $unasked; Empty = $empty }) {
    BeforeAll {
        $right = 'Test-NetPolReachability $t -From shop/web -To shop/db | Should -BeFalse'
        $passed = Get-Passed (@($right) + $Unasked + $Empty)
    }

    It 'passes where it can ask and all is well' {
        $passed | Should -Contain $right
    }

    It 'fails where its question cannot be asked: <_>' -ForEach $unasked {
        $passed | Should -Not -Contain $_
    }

    It 'fails under -ErrorAction Stop where there was nothing to look at: <_>' -ForEach $empty {
        $passed | Should -Not -Contain $_
    }
}

Describe 'Questions in bulk' {
    BeforeAll {
        $rules = Join-Path $TestDrive 'rules.csv'
        @'
From,To,Port,Protocol,Expected
shop/web,shop/api,5000,TCP,yes
shop/api,shop/db,TCP 3306,,True
shop/web,shop/db,,,no
shop/web,shop/db,"3306,3307",,
"app=web",shop/api,5000/tcp,TCP,allowed
'@ | Set-Content $rules
    }

    It 'come as rows, from <Name>' -ForEach @(
        @{ Name = 'Path'; Argument = { @{ Path = $threeTier } } }
        @{ Name = 'a snapshot as Path'; Argument = { @{ Path = $cluster } } }
        @{ Name = 'LiteralPath'; Argument = { @{ LiteralPath = $threeTier } } }
    ) {
        $arguments = & $Argument
        Import-Csv $rules | Test-NetPolReachability @arguments -PassThru | ForEach-Object Reachable | Should -Be $true, $true, $false, $false, $true
        Import-Csv $rules | Test-NetPolReachability @arguments | Should -Be $true, $true, $true, $false, $true
    }

    It 'are answered with an object each, with its reason and the place of it' {
        $result = Import-Csv $rules | Test-NetPolReachability $threeTier -PassThru
        $result[1].From, $result[1].To, $result[1].Port, $result[1].Expected, $result[1].Passed -join ' ' | Should -Be 'shop/api shop/db TCP 3306 True True'
        $result[1].Location | Should -Match 'policies\.yaml:\d+:\d+$'
        $result[1].Policies | Should -Contain 'shop/db'
        $result[1].Ports | Should -Be 'TCP 3306'
        $result[2].Reason | Should -Match 'would match if the pod had tier=backend'
        $result[3].Passed | Should -BeNullOrEmpty
        $result | Out-String -Width 80 | Should -Match 'Reachable'
        ($result | ConvertTo-Csv)[1] | Should -Not -Match 'System\.|NetPolTools'
    }

    It 'end the command where one cannot be understood, with the row as the target' {
        $row = [pscustomobject]@{ From = 'shop/web'; To = 'shop/db'; Expected = 'maybe' }
        { $row | Test-NetPolReachability $threeTier } | Should -Throw "'maybe' is no expectation*"
        { [pscustomobject]@{ From = 'shop/web'; To = 'shop/db'; Port = '53/UDP'; Protocol = 'TCP' } | Test-NetPolReachability $threeTier } |
            Should -Throw '*names no port of the protocols*'
        $problem = { [pscustomobject]@{ To = 'shop/db' } | Test-NetPolReachability $threeTier } | Should -Throw -PassThru
        $problem.TargetObject.To | Should -Be 'shop/db'
    }

    It 'take lists: any of the one reaches any of the others' {
        $cluster | Test-NetPolReachability -From shop/web, shop/api -To shop/db | Should -BeTrue
        $cluster | Test-NetPolReachability -From shop/web -To shop/db, shop/api -Port 3306 | Should -BeFalse
    }
}

Describe 'Ends by position' {
    It 'stand behind the cluster, or behind the pipe' {
        Test-NetPolReachability $threeTier shop/api shop/db 3306 | Should -BeTrue
        Test-NetPolReachability $cluster shop/web shop/db | Should -BeFalse
        $cluster | Test-NetPolReachability shop/api shop/db | Should -BeTrue
        $cluster | Test-NetPolReachability shop/api shop/db 80 | Should -BeFalse
        $cluster | Test-NetPolReachability 0.0.0.0/0, ::/0 shop/db | Should -BeFalse
    }

    It 'are not mixed up with a cluster that is given twice' {
        { $cluster | Test-NetPolReachability -Path $threeTier -From shop/api -To shop/db } | Should -Throw '*the pipeline may only bring questions*'
    }
}

Describe 'A snapshot in position 0' {
    It 'is taken by <_>' -ForEach 'Get-NetPolReachability', 'Get-NetPolIsolation', 'Get-NetPolCniSupport', 'Get-NetPolSnapshot' {
        $expected = & $_ $threeTier | Out-String
        & $_ $cluster | Out-String | Should -Be $expected
        & $_ (Get-ThreeTierObject) | Should -Not -BeNullOrEmpty
    }
}
