BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')

    # As in a terminal of 80 columns: no blank lines around, no blanks at the ends of lines.
    function Get-View { ($input | Out-String -Width 80).Trim() -split '\r?\n' | ForEach-Object TrimEnd }
}

Describe 'A connection' {
    BeforeAll {
        $connection = Get-NetPolReachability $threeTier -To db
    }

    It 'has source, destination, ports and verdict as properties' {
        $connection.SourceNamespace | Should -Be 'shop'
        $connection.Source | Should -Be 'api'
        $connection.SourceKind | Should -Be 'Deployment'
        $connection.DestinationNamespace | Should -Be 'shop'
        $connection.Destination | Should -Be 'db'
        $connection.DestinationKind | Should -Be 'Deployment'
        $connection.Verdict | Should -Be 'Allowed'
        $connection.Notes | Should -BeNullOrEmpty
    }

    It 'names outside addresses as a range without a namespace' {
        $outside = Get-NetPolReachability $threeTier -From 10.0.0.0/8 -To web
        $outside.Source | Should -Be '10.0.0.0-10.255.255.255'
        $outside.SourceKind | Should -Be 'Addresses'
        $outside.SourceNamespace | Should -BeExactly ''
    }

    It 'equals the same connection of another answer' {
        $again = Get-NetPolReachability $threeTier -To db
        $connection -eq $again | Should -BeTrue
        Compare-Object $connection $again | Should -BeNullOrEmpty
        $connection -eq (Get-NetPolReachability $threeTier -To db -IncludeDenied)[1] | Should -BeFalse
    }

    It 'sorts and groups by its properties' {
        $groups = Get-NetPolReachability $threeTier | Group-Object Source
        $groups.Name | Should -Contain 'web'
        (Get-NetPolReachability $threeTier -IncludeDenied | Sort-Object Destination -Unique).Count | Should -BeGreaterThan 1
    }

    It 'becomes JSON without noise' {
        $connection | ConvertTo-Json -Compress | Should -BeExactly (
            '{"SourceNamespace":"shop","Source":"api","SourceKind":"Deployment","DestinationNamespace":"shop","Destination":"db",' +
            '"DestinationKind":"Deployment","Ports":["TCP 3306"],"Verdict":"Allowed","Notes":[],"IsNodeTraffic":false,"NotEvaluated":[]}')
    }

    It 'comes back from Export-Clixml with the texts it had' {
        $file = Join-Path $TestDrive 'connection.xml'
        $connection | Export-Clixml $file
        $back = Import-Clixml $file
        $back.Source, $back.Destination, $back.Verdict | Should -Be 'api', 'db', 'Allowed'
        "$($back.Ports)" | Should -Be 'TCP 3306'
        $back.PSObject.Properties.Name | Should -Be $connection.PSObject.Properties.Name
    }
}

Describe 'Ports' {
    BeforeAll {
        $policy = New-Policy -Spec @{ ingress = @(@{ ports = @(@{ port = 80 }, @{ port = 8000; endPort = 8100 }, @{ protocol = 'UDP'; port = 53 }) }) }
        $ports = ((New-Pod a), $policy | Get-NetPolReachability -From 203.0.113.7).Ports
    }

    It 'read as one text' {
        $ports.ToString() | Should -BeExactly 'TCP 80,8000-8100 UDP 53'
    }

    It 'enumerate as one text per range' {
        @($ports) | Should -Be 'TCP 80', 'TCP 8000-8100', 'UDP 53'
    }

    It 'answer Contains with and without a protocol' {
        $ports.Contains(80) | Should -BeTrue
        $ports.Contains(8050) | Should -BeTrue
        $ports.Contains(81) | Should -BeFalse
        $ports.Contains('TCP', 53) | Should -BeFalse
        $ports.Contains('udp', 53) | Should -BeTrue
    }

    It 'compare with texts' {
        $ports -contains 'UDP 53' | Should -BeTrue
        $ports.Equals('tcp 80,8000-8100 udp 53') | Should -BeTrue
        Get-NetPolReachability $threeTier | Where-Object Ports -EQ 'TCP 3306' | ForEach-Object Destination | Should -Be 'db'
    }

    It 'are All where everything is open, and empty where nothing is' {
        $answer = Get-NetPolReachability $threeTier -From web -IncludeDenied
        @(($answer | Where-Object DestinationKind -EQ Addresses)[0].Ports) | Should -Be 'All'
        @(($answer | Where-Object Destination -EQ db).Ports) | Should -HaveCount 0
    }
}

Describe 'Views' {
    It 'show connections as a table, grouped by the namespace of the source' {
        Get-NetPolReachability $threeTier -From shop/* -To web, db -IncludeDenied | Get-View | ForEach-Object { $_ -replace ' +', ' ' } | Should -Be @(
            'From: shop'
            ''
            'Source Destination Ports'
            '------ ----------- -----'
            'api db TCP 3306'
            'api web TCP 80'
            'db db Denied'
            'db web Denied'
            'web db Denied'
            'web web TCP 80'
        )
    }

    It 'head what comes from outside with a group of its own, and write blocks as CIDR' {
        Get-NetPolReachability $threeTier -From 10.0.0.0/8, 203.0.113.7, 2001:db8::/32, 0.0.0.0/0 | Get-View | ForEach-Object { $_ -replace ' +', ' ' } |
            Should -Be @(
            'From: outside the cluster'
            ''
            'Source Destination Ports'
            '------ ----------- -----'
            '10.0.0.0/8 shop/web TCP 80'
            '203.0.113.7 shop/web TCP 80'
            '2001:db8::/32 shop/web TCP 80'
            'any IPv4 address shop/web TCP 80'
        )
    }

    It 'show the ports behind names of 35 characters at <Width> columns' -ForEach @(@{ Width = 80 }, @{ Width = 120 }) {
        $names = 'a-source-deployment-of-35-character', 'a-destination-deploy-of-35-characte'
        $text = (New-Pod $names[0]), (New-Pod $names[1] other) | Get-NetPolReachability -From $names[0] -To $names[1] | Out-String -Width $Width
        $text | Should -Match 'All'
        $text -replace '\s' | Should -Match ($Width -eq 120 ? "$($names[0])other/$($names[1])All" : 'Ports')
    }

    It 'mark connections with notes, and the list tells them' {
        $pod = New-Pod a
        $pod.spec.hostNetwork = $true
        $answer = $pod, (New-Pod b) | Get-NetPolReachability -From a -To b
        ($answer | Get-View)[-1] | Should -Match 'All \*$'
        $answer | Format-List | Get-View | Should -Contain 'DestinationNamespace : default'
        "$($answer | Format-List | Get-View)" | Should -Match 'Notes\s+: default/a uses hostNetwork'
    }

    It 'show a connection as a list' {
        Get-NetPolReachability $threeTier -To db | Format-List | Get-View | Should -Be @(
            'SourceNamespace      : shop'
            'Source               : api'
            'SourceKind           : Deployment'
            'DestinationNamespace : shop'
            'Destination          : db'
            'DestinationKind      : Deployment'
            'Verdict              : Allowed'
            'Ports                : TCP 3306'
        )
    }

    It 'show connections as arrows, wide' {
        Get-NetPolReachability $threeTier -To shop/* -From shop/* | Format-Wide | Get-View | Select-Object -First 2 | Should -Be @(
            'api → db                                 api → web'
            'web → api                                web → web'
        )
    }

    It 'show a matrix' {
        Get-NetPolReachability $threeTier -AsMatrix | Get-View | Should -Be @(
            '1 2 3 4'
            '1 · ○ ○ ●  shop/api'
            '2 · · · ·  shop/db'
            '3 ○ · ○ ●  shop/web'
            '4 · · ○ ·  (outside)'
            ''
            '● every port   ○ some ports   · none'
        )
    }

    It 'show the first 24 names of a matrix and say how to narrow it' {
        $matrix = 1..40 | ForEach-Object { New-Pod "pod-$_" } | Get-NetPolReachability -AsMatrix
        $matrix.Names | Should -HaveCount 41
        $lines = $matrix | Get-View
        $lines[1] | Should -BeLike '*1 2 3 4'
        $lines[25] | Should -BeLike '24 ● * default/pod-*'
        "$lines" | Should -BeLike '*The first 24 of 41. Narrow with -Namespace, -From and -To, or take -By Namespace*'
    }

    It 'show names that are too long for a row of a matrix below it' {
        $name = 'a-workload-whose-name-is-as-long-as-names-of-workloads-get'
        $matrix = 1..12 | ForEach-Object { New-Pod "$name-$_" "namespace-$_" } | Get-NetPolReachability -AsMatrix
        $rows = $matrix.Text -split "`n" -like '*●*'
        $rows | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        $rows[0] | Should -BeLike '*namespace-1/a-workload-whose*…'
        $matrix.Text | Should -BeLike "*`n1 namespace-1/$name-1`n*"
    }

    It 'show a tree' {
        Get-NetPolReachability $threeTier -AsTree | Where-Object Name -EQ api | Get-View | Should -Be @(
            'shop/api[Deployment]'
            '├─ reached by'
            '│  └─ shop/web[Deployment]  TCP 5000'
            '└─ reaches'
            '   ├─ shop/db[Deployment]  TCP 3306'
            '   ├─ shop/web[Deployment]  TCP 80'
            '   └─ anywhere outside  every port'
        )
        Get-NetPolReachability $threeTier -To db -AsTree -IncludeDenied | Get-View | Select-Object -First 4 | Should -Be @(
            'shop/db[Deployment]'
            '└─ reached by'
            '   ├─ shop/api[Deployment]  TCP 3306'
            '   ├─ shop/db[Deployment]  denied'
        )
    }

    It 'have a colour for each verdict in pictures' {
        $before = $PSStyle.OutputRendering
        $green, $red, $reset = $PSStyle.Foreground.Green, $PSStyle.Foreground.Red, $PSStyle.Reset
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $tree = Get-NetPolReachability $threeTier -To db -AsTree -IncludeDenied | Out-String
            $tree | Should -BeLike "*shop/api``[Deployment``]  ${green}TCP 3306$reset*".Replace("`e[", "`e``[")
            $tree | Should -BeLike "*shop/db``[Deployment``]  ${red}denied$reset*".Replace("`e[", "`e``[")
            Get-NetPolReachability $threeTier -AsMatrix | Out-String | Should -Match ([regex]::Escape("$green●$reset  shop/api"))
            $PSStyle.OutputRendering = 'PlainText'
            Get-NetPolReachability $threeTier -AsTree | Out-String | Should -Not -Match "`e"
            Get-NetPolReachability $threeTier -AsMatrix | Out-String | Should -Not -Match "`e"
        }
        finally { $PSStyle.OutputRendering = $before }
    }

    It 'show a snapshot as counts, and as a list with its problems' {
        Get-NetPolSnapshot $threeTier | Get-View | Should -Be @(
            'Namespaces Workloads Pods NetworkPolicies Problems'
            '---------- --------- ---- --------------- --------'
            '         1         3    0               4        0'
        )
        $broken = @{ apiVersion = 'v1'; kind = 'Pod' } | Get-NetPolSnapshot -ErrorAction SilentlyContinue
        "$($broken | Format-List | Get-View)" | Should -Match 'Problems\s+: pipeline object 1: error: '
    }
}

Describe 'A matrix' {
    It 'tells the ports of each cell' {
        $matrix = Get-NetPolReachability $threeTier -AsMatrix
        $matrix.Ports('shop/api', 'shop/db').ToString() | Should -Be 'TCP 3306'
        $matrix.Ports('shop/db', 'shop/api') | Should -BeNullOrEmpty
        $matrix.Ports('(outside)', 'shop/web').ToString() | Should -Be 'TCP 80'
    }
}

Describe 'What nothing in the input tells' {
    It 'is neither allowed nor denied in a picture' {
        # Of two policies of one priority, nobody says which comes first.
        $policies = foreach ($action in 'Accept', 'Deny') {
            @{
                apiVersion = 'policy.networking.k8s.io/v1alpha2'; kind = 'ClusterNetworkPolicy'; metadata = @{ name = "policy-of-$action".ToLower() }
                spec = @{
                    tier = 'Admin'; priority = 10; subject = @{ namespaces = @{} }
                    ingress = @(@{ name = 'rule'; action = $action; from = @(@{ namespaces = @{} }) })
                }
            }
        }
        $given = @(New-Pod web) + @(New-Pod db) + $policies
        $matrix = $given | Get-NetPolReachability -To db -From web -AsMatrix -WarningAction Ignore
        $matrix.Text | Should -BeLike '*2 ? ·  default/web*? undetermined*'
        $matrix.Ports('default/web', 'default/db') | Should -BeNullOrEmpty
        $matrix.Cells[0].UndeterminedPorts | Should -Be 'All'
        $matrix.Cells | Get-View | Select-Object -Last 1 | Should -BeLike 'default/web *default/db *Undetermined All'
        $tree = $given | Get-NetPolReachability -To db -From web -AsTree -WarningAction Ignore
        $tree.Text | Should -BeLike "*default/db``[Pod``]  All undetermined ``[1``]`n*policy-of-accept*"
    }
}

Describe 'A tree' {
    It 'has the connections themselves' {
        $api = Get-NetPolReachability $threeTier -AsTree | Where-Object Name -EQ api
        $api.ReachedBy.Source | Should -Be 'web'
        ($api.Reaches | Where-Object Destination -EQ db).Ports.Contains('TCP', 3306) | Should -BeTrue
        (Get-NetPolReachability $threeTier -From api -AsTree).ReachedBy | Should -BeNullOrEmpty
    }
}

Describe 'A summary' {
    It 'counts for each workload who reaches it and whom it reaches' {
        $db = Get-NetPolReachability $threeTier -AsSummary | Where-Object Workload -EQ db
        $db.ReachedBy, $db.Reaches, $db.FromOutside, $db.ToOutside | Should -Be 1, 0, 'None', 'None'
        "$db" | Should -Be 'shop/db: reached by 1 workloads and none outside, reaches 0 workloads and none outside'
    }

    It 'has no place for -<Name>' -ForEach @(
        @{ Name = 'From'; Value = 'web' }
        @{ Name = 'To'; Value = 'db' }
        @{ Name = 'Port'; Value = '80' }
        @{ Name = 'Protocol'; Value = 'TCP' }
        @{ Name = 'IncludeDenied'; Value = $true }
        @{ Name = 'ExcludeNodeTraffic'; Value = $true }
        @{ Name = 'AsMatrix'; Value = $true }
        @{ Name = 'AsTree'; Value = $true }
        @{ Name = 'Explain'; Value = $true }
        @{ Name = 'By'; Value = 'Namespace' }
    ) {
        $more = @{ $Name = $Value }
        { Get-NetPolReachability $threeTier -AsSummary @more } | Should -Throw '*-AsSummary*'
    }
}
